"""The national indicators as the fund keeps them: adding one, retiring one, taking one into use again."""
