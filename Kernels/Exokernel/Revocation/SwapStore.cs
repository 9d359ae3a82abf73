using Disguise.Hardware.Memory;
using Disguise.Kernels.Records;

namespace Disguise.Kernels.Exokernel.Revocation;

/// <summary>
/// What a swap server keeps pages in: numbered places that environments take beforehand, and bytes
/// in memory that none of them can reach otherwise. Pages are moved one after the other, each in a
/// stated time. A page of zeroes takes no memory of ours.
/// </summary>
internal sealed class SwapStore(SwapOptions options)
{
    private readonly Slots<Place> places = new(options.Pages);
    private readonly List<byte[]?> pages = [];
    private int[] counts = [];

    /// <summary>Places taken.</summary>
    public int Count => places.Count;

    /// <summary>When the last page that was ordered will have been moved.</summary>
    public long BusyUntilPs { get; private set; }

    /// <summary>How many places an environment has.</summary>
    public int CountOf(int environment) => environment < counts.Length ? counts[environment] : 0;

    /// <summary>Whether an environment may have a place.</summary>
    public ExokernelRefusal CheckTake(int environment, out long place)
    {
        place = places.Peek(0);
        return place < 0 || CountOf(environment) >= options.PagesPerEnvironment
            ? ExokernelRefusal.SwapIsFull
            : ExokernelRefusal.None;
    }

    /// <summary>Takes a place; it reads as zero.</summary>
    public void Take(int environment, long place)
    {
        places.Take((int)place).Environment = environment;
        if (environment >= counts.Length)
        {
            Array.Resize(ref counts, Math.Max(environment + 1, counts.Length * 2));
        }

        counts[environment]++;
        while (pages.Count <= place)
        {
            pages.Add(null);
        }

        pages[(int)place] = null;
    }

    /// <summary>Whether a place is an environment's.</summary>
    public ExokernelRefusal CheckOwner(int environment, long place) =>
        place < 0 || place > int.MaxValue || !places.IsInUse((int)place)
            ? ExokernelRefusal.NoSuchPlace
        : places[(int)place].Environment != environment ? ExokernelRefusal.NotTheOwner
        : ExokernelRefusal.None;

    /// <summary>Gives a place back; its bytes are gone.</summary>
    public void Free(long place)
    {
        counts[places[(int)place].Environment]--;
        places.Release((int)place);
        pages[(int)place] = null;
    }

    /// <summary>An environment ends: its places are free.</summary>
    public void End(int environment)
    {
        for (int place = 0; place < places.HighWater && CountOf(environment) > 0; place++)
        {
            if (places.IsInUse(place) && places[place].Environment == environment)
            {
                Free(place);
            }
        }
    }

    /// <summary>Writes a page to a place. Gives when it is there.</summary>
    public long Write(PhysicalMemory memory, long frame, long place, long nowPs)
    {
        byte[] bytes = new byte[Frame.SizeBytes];
        memory.Read(Frame.AddressOf(frame), bytes);
        pages[(int)place] = bytes.AsSpan().ContainsAnyExcept((byte)0) ? bytes : null;
        return Pass(options.WritePs, nowPs);
    }

    /// <summary>Reads a page from a place into a frame. Gives when it is there.</summary>
    public long Read(PhysicalMemory memory, long place, long frame, long nowPs)
    {
        if (pages[(int)place] is { } bytes)
        {
            memory.Write(Frame.AddressOf(frame), bytes);
        }
        else
        {
            memory.ReleaseFrame(frame);
        }

        return Pass(options.ReadPs, nowPs);
    }

    private long Pass(long durationPs, long nowPs)
    {
        BusyUntilPs = Math.Max(BusyUntilPs, nowPs) + durationPs;
        return BusyUntilPs;
    }

    private struct Place
    {
        public int Environment;
    }
}
