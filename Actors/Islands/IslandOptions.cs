namespace Disguise.Actors.Islands;

/// <summary>How islands are made.</summary>
public sealed record IslandOptions
{
    /// <summary>Seed of the experiment.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Invoke an idle actor without its mailbox; off, every event takes the mailbox.
    /// </summary>
    public bool DirectInvocation { get; init; } = true;

    /// <summary>Most pending events of one island.</summary>
    public int PendingEventLimit { get; init; } = 1 << 26;

    /// <summary>Most deliveries of one island within one instant.</summary>
    public int InstantLimit { get; init; } = Island.InstantLimit;

    /// <summary>Most frames on the wires and in the devices of one island.</summary>
    public int FrameLimit { get; init; } = 1 << 22;
}
