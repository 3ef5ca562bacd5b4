"""Messages to citizens, behind one port."""
