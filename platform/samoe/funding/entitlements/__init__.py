"""Who may receive what: entitlements of persons and institutions within an allocation, and where they are paid."""
