"""The live preview of criteria: how many, who is just in or out, what to ask next, and one person tried."""
