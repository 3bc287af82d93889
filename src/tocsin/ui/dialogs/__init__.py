"""Questions of the window itself, all opened, never executed: nothing waits in a loop of its own."""
