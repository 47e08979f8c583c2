"""The rolling basis, forecast: when each session will really start, how likely that is, and plans that allow for it."""
