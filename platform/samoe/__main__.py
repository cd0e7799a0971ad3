"""``python -m samoe``: the command line."""

from samoe.cli import main

if __name__ == "__main__":
    main()
