"""Target groups: finding them, switching them on, their criteria, and forms made from their fields."""
