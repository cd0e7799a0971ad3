"""Teachers and volunteers without e-mail, for the head of their centre and whoever else looks after them."""
