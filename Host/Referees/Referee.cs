using Disguise.Host.Composition;
using Disguise.Host.Results;

namespace Disguise.Host.Referees;

/// <summary>
/// Checks in every run that what must hold in the emulated world does, reading state only.
/// </summary>
internal static class Referee
{
    private const int FindingsShown = 5;

    private const string Frames = "frame-ownership";
    private const string Capabilities = "capabilities";
    private const string Packets = "packets";
    private const string Bytes = "wrong-bytes";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [Frames, Capabilities, Packets, Bytes, Crashes.Referee];

    /// <summary>All referees' findings on a world that does not run just now.</summary>
    public static IReadOnlyList<RefereeResult> Check(World world) =>
    [
        Judge(Frames, findings => world.Machines
            .Sum(machine => machine.Kernel.CheckFrames(findings))),
        Judge(Capabilities, findings => world.Machines
            .Sum(machine => machine.Kernel.CheckCapabilities(findings))),
        Judge(Packets, findings => PacketBalance.Check(world, findings)),
        Judge(Bytes, findings => ReplyBytes.Check(world, findings)),
    ];

    /// <summary>What one referee has found.</summary>
    public static RefereeResult Judge(string name, Func<List<string>, long> check)
    {
        var findings = new List<string>();
        var count = check(findings);
        return new RefereeResult
        {
            Name = name,
            Checked = count,
            Violations = findings.Count,
            Findings = [.. findings.Take(FindingsShown)],
        };
    }
}
