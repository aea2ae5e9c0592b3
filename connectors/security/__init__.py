"""Security events from outside: cameras and recorders that are asked, and guard logs that are dropped as sheets."""
