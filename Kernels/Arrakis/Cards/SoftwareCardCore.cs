using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Nic.Software;

namespace Disguise.Kernels.Arrakis.Cards;

/// <summary>
/// The core that emulates cards when the virtual functions are taken: one for all of them, packet
/// by packet (Arrakis, TOCS 2015, sections 3.3 and 3.4). Where the machine has a single core it
/// is that one, and its contexts are pushed back.
/// </summary>
internal sealed class SoftwareCardCore(Machine machine, KernelWork work, int core)
    : ISoftwareExecution
{
    /// <inheritdoc/>
    public Core Core { get; } = machine.Cores[core];

    /// <inheritdoc/>
    public long Occupy() => work.EmulatePacket(Core, machine.Island.NowPs);
}
