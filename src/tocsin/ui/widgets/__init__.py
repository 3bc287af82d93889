"""Small widgets that more than one panel uses. Everything in ui may enter; nothing here knows a service."""
