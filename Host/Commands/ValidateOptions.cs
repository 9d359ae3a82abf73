namespace Disguise.Host.Commands;

/// <summary>What <c>validate</c> was asked.</summary>
/// <param name="Common">The options that every verb takes.</param>
/// <param name="Suites">Names of suites; none for all.</param>
public sealed record ValidateOptions(CommonOptions Common, IReadOnlyList<string> Suites);
