namespace Disguise.LibOS.Waiting;

/// <summary>The sleep of a domain that has no doorbell, and always polls.</summary>
public sealed class NoDoorbell : IDoorbellSleep
{
    /// <summary>The only instance.</summary>
    public static NoDoorbell Instance { get; } = new();

    /// <inheritdoc/>
    public void BeforeBlock() =>
        throw new InvalidOperationException("a domain without a doorbell would sleep for ever");
}
