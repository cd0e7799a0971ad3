"""The directory of people at the site where they sign in: brought into agreement with the members of Samoe.

Samoe's rows decide. What a person should be there is worked out from them at each turn (``wanted``), compared with what
is there, and only the difference is written (``keycloak``). So a turn may be done twice, or too late, or by two workers
at once, and the outcome is the same.
"""
