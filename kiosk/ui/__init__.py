"""The screen: draws a journey's state and sends touches; decides nothing."""
