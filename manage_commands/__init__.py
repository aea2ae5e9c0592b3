"""Behind manage.py: the environment, the start of the whole, the commands; no other room imports this one."""
