"""Opening one record from outside its province in an emergency, and the province's look at it afterwards."""
