"""What the machine can do without the product: measured in the same run, so that figures compare across machines."""
