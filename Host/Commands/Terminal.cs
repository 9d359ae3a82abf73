namespace Disguise.Host.Commands;

/// <summary>What a verb talks to.</summary>
/// <param name="Output">The result, and nothing else where <c>--json</c> is given.</param>
/// <param name="Error">Progress, notes and the one line for a mistake.</param>
/// <param name="Interrupted">Set by Ctrl-C and SIGTERM; a verb then writes what it has.</param>
public sealed record Terminal(TextWriter Output, TextWriter Error, CancellationToken Interrupted);
