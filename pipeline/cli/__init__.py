"""The command `samsyn`: the only place that prints, asks and exits."""
