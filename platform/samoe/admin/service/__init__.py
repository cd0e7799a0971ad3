"""Pages of the service itself: is it well, how does it look, how does one use it."""
