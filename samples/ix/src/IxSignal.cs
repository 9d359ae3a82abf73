namespace Ix;

/// <summary>The crossings between an application and its dataplane, with a word each.</summary>
internal sealed record IxSignal(CrossingKind Kind) : CrossingMessage(Kind), IWordMessage
{
    /// <summary>In place of a number of events: the network was taken away.</summary>
    public const long Closed = -1;

    /// <summary>
    /// The application gives its core to the dataplane; the word is the number of batched system
    /// calls, negative where it does not wait for events.
    /// </summary>
    public static readonly IxSignal RunIo = new(CrossingKind.SystemCall);

    /// <summary>The dataplane gives it back; the word is the number of event conditions.</summary>
    public static readonly IxSignal Events = new(CrossingKind.SystemCallReturn);

    /// <inheritdoc/>
    public override ulong ContentDigest(Island island, long word) => (ulong)word;
}
