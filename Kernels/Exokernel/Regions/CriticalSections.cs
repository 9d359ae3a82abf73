using Disguise.Actors.Faults;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Exokernel.Regions;

/// <summary>
/// Robust critical sections of Xok: an environment switches software interrupts off by a word in
/// its own memory, without a call, and nobody else need be trusted to release a lock (Kaashoek et
/// al., SOSP 1997, section 5.1). What comes meanwhile is held back and told in a second word; who
/// leaves looks there and lets the kernel deliver it. After a bound it is delivered all the same:
/// the section was broken, which a third word counts.
/// <code>
///   open:   raised and the word is 0: delivered; and it is not 0: to held
///   held:   taken by who leaves: to open; the bound has passed: delivered, to open
/// </code>
/// </summary>
internal sealed class CriticalSections
{
    /// <summary>Bytes of an environment's area: inside, held back, broken.</summary>
    public const int AreaBytes = 12;

    private const long None = -1;

    private readonly PhysicalMemory memory;
    private readonly long boundPs;
    private readonly bool isBounded;
    private Area[] areas = [];

    /// <summary>Critical sections that last a bounded time.</summary>
    public CriticalSections(PhysicalMemory memory, long boundPs, Guards guards)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(boundPs);
        this.memory = memory;
        this.boundPs = boundPs;
        isBounded = guards.IsOn(RegionGuards.Bound);
    }

    /// <summary>
    /// An environment's area; the kernel has seen that the environment may write its frame.
    /// </summary>
    public void Register(int environment, long address)
    {
        if (address % sizeof(uint) != 0
            || (address % Frame.SizeBytes) + AreaBytes > Frame.SizeBytes
            || !memory.Contains(address, AreaBytes))
            throw new InvalidOperationException($"no area at 0x{address:x}");
        var known = areas.Length;
        if (environment >= known)
        {
            Array.Resize(ref areas, Math.Max(environment + 1, known * 2));
            Array.Fill(areas, new Area(None, Picoseconds.Never), known, areas.Length - known);
        }

        areas[environment] = new Area(address, Picoseconds.Never);
    }

    /// <summary>An environment has no area any more: nothing of it is held back.</summary>
    public void Forget(int environment)
    {
        if (environment < areas.Length)
            areas[environment] = new Area(None, Picoseconds.Never);
    }

    /// <summary>When what is held back is delivered at the latest, or never.</summary>
    public long DeadlineOf(int environment) =>
        environment < areas.Length ? areas[environment].DeadlinePs : Picoseconds.Never;

    /// <summary>Whether an environment says that it is in its section.</summary>
    public bool IsInside(int environment) =>
        AddressOf(environment) is var address && address != None
        && memory.ReadUInt32(address) != 0;

    /// <summary>
    /// Something comes for an environment. True where it is delivered now; else it is held back,
    /// and the kernel looks again at the deadline.
    /// </summary>
    public bool Raise(int environment, SoftwareInterrupts interrupts, long atPs)
    {
        if (!IsInside(environment))
            return true;
        var address = AddressOf(environment);
        var held = memory.ReadUInt32(address + sizeof(uint)) | (uint)interrupts;
        memory.WriteUInt32(address + sizeof(uint), held);
        ref var area = ref areas[environment];
        area.Held |= interrupts;
        if (area.DeadlinePs == Picoseconds.Never && isBounded)
            area.DeadlinePs = checked(atPs + boundPs);
        return false;
    }

    /// <summary>Who has left its section asks for what was held back.</summary>
    public SoftwareInterrupts Take(int environment)
    {
        if (AddressOf(environment) is var address && address == None)
            return SoftwareInterrupts.None;
        ref var area = ref areas[environment];
        var held = area.Held;
        area.Held = SoftwareInterrupts.None;
        area.DeadlinePs = Picoseconds.Never;
        memory.WriteUInt32(address + sizeof(uint), 0);
        return held;
    }

    /// <summary>
    /// The time is up, if it is: what was held back is delivered and the section is broken.
    /// </summary>
    public SoftwareInterrupts Expire(int environment, long atPs)
    {
        if (DeadlineOf(environment) > atPs)
            return SoftwareInterrupts.None;
        var address = AddressOf(environment);
        memory.WriteUInt32(address, 0);
        var broken = memory.ReadUInt32(address + (2 * sizeof(uint)));
        memory.WriteUInt32(address + (2 * sizeof(uint)), unchecked(broken + 1));
        return Take(environment);
    }

    /// <summary>
    /// A frame is about to change hands: who has its area there, the lowest number first, has none
    /// any more, and gets what was held back. False where nobody has.
    /// </summary>
    public bool TryBreak(long frame, out int environment, out SoftwareInterrupts held)
    {
        held = SoftwareInterrupts.None;
        for (environment = 0; environment < areas.Length; environment++)
        {
            if (areas[environment].Address == None
                || Frame.NumberOf(areas[environment].Address) != frame)
                continue;
            held = areas[environment].Held;
            Forget(environment);
            return true;
        }

        return false;
    }

    private long AddressOf(int environment) =>
        environment < areas.Length ? areas[environment].Address : None;

    private record struct Area(long Address, long DeadlinePs)
    {
        /// <summary>What is held back, whatever the environment writes into its words.</summary>
        public SoftwareInterrupts Held;
    }
}
