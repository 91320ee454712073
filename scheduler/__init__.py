"""When things happen: sweeps as plain functions of the services and a moment, and the alarm clock that calls them."""
