using Disguise.Actors.Time;

namespace Disguise.Hardware.Nic.Queues;

/// <summary>
/// Paces a queue: after a frame the next one starts no earlier than the frame takes at the rate
/// (82599 datasheet section 7.7.2.2). What a division leaves over is carried to the next frame, so
/// that a long run of frames takes exactly its time.
/// </summary>
internal struct RateLimiter
{
    private ulong remainder;

    /// <summary>The rate; 0 is none.</summary>
    public long BitsPerSecond { get; private set; }

    /// <summary>Earliest start of the next frame.</summary>
    public long NextStartPs { get; private set; }

    public void Set(long bitsPerSecond)
    {
        BitsPerSecond = bitsPerSecond;
        NextStartPs = 0;
        remainder = 0;
    }

    /// <summary>A frame of so many bits starts.</summary>
    public void Start(long startPs, int bits)
    {
        if (BitsPerSecond == 0)
            return;
        if (startPs > NextStartPs)
            remainder = 0;
        var numerator = ((ulong)bits * Picoseconds.PerSecond) + remainder;
        NextStartPs = startPs + (long)(numerator / (ulong)BitsPerSecond);
        remainder = numerator % (ulong)BitsPerSecond;
    }

    /// <summary>
    /// Lets a frame pass if what came before is at most a burst ahead of the rate.
    /// </summary>
    public bool TryPass(long nowPs, int bits, int burstBits)
    {
        if (BitsPerSecond == 0)
            return true;
        if (NextStartPs - nowPs > Picoseconds.ToSerialise(burstBits, BitsPerSecond))
            return false;
        Start(Math.Max(nowPs, NextStartPs), bits);
        return true;
    }
}
