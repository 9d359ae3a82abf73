using Disguise.Actors.Crossings;
using Disguise.Actors.Islands;

namespace Disguise.Hardware.Machines;

/// <summary>
/// What the operator of a machine says to it while it runs. One who puts a part in is told when
/// it has ended, for whatever reason.
/// </summary>
public static class MachineProtocol
{
    /// <summary>A part is put in. Answered by <see cref="PartEnded"/> when it has ended.</summary>
    public sealed record StartPart(IMachinePart Part) : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)Part.Number;
    }

    /// <summary>A part is to end; nothing happens where it has ended already.</summary>
    public sealed record StopPart(IMachinePart Part) : CrossingMessage(CrossingKind.Operator)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)Part.Number;
    }

    /// <summary>A part has ended; the word is its number.</summary>
    public sealed record PartEnded() : CrossingMessage(CrossingKind.Operator), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static PartEnded Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }
}
