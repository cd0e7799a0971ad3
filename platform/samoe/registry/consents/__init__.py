"""What a person or their guardian agreed to. Asked again whenever something is passed on."""
