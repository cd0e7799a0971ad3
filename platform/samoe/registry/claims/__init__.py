"""Identity numbers that members with a part of the province write down, until the service has looked who holds them."""
