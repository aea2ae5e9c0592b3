"""Behind manage.py: the environment, the start of the whole, and the commands of an agency; nothing imports this room."""
