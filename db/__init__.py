"""Tables, views and the one door to them; nothing here knows the screen."""
