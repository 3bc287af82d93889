"""The list of problems, grouped by how bad they are, with their fixes: `panel`. `explanation` says why one is one."""
