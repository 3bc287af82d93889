"""The list of problems, grouped by how bad they are, with their fixes. The window enters by `panel`; `explanation` says why."""
