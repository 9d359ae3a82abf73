using Disguise.Actors.Dispatch;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Resources;

namespace Disguise.LibOS.Composition.ControlPlanes;

/// <summary>
/// What a <see cref="ControlPlane"/> has given to a tenant: a core, a virtual function, and memory
/// with the address spaces that the architecture lays over it.
/// </summary>
public sealed class Grant
{
    /// <summary>Most address spaces of a tenant.</summary>
    public const int SpaceLimit = 4;

    private readonly Nic nic;
    private readonly List<AddressSpace> spaces = [];

    internal Grant(
        Machine board, Nic nic, ControlProtocol.Launch asked, int number, Core core, int function)
    {
        this.nic = nic;
        (Actor, Tenant, Counters) = (asked.Tenant, asked.Plan, asked.Counters);
        (Number, Core, Function) = (number, core, function);
        Memory = new OwnedMemory(board, new OwnerId(number + 1));
    }

    /// <summary>The actor that asked; it is told what becomes of the grant.</summary>
    public IslandActorRef Actor { get; }

    /// <summary>For which tenant.</summary>
    public TenantPlan Tenant { get; }

    /// <summary>The tenant's number on its machine.</summary>
    public int Number { get; }

    /// <summary>Its core, which nobody else has.</summary>
    public Core Core { get; }

    /// <summary>Its virtual function.</summary>
    public int Function { get; }

    /// <summary>Address of the virtual function: <c>server.nic.vf[3]</c>.</summary>
    public string FunctionAddress => $"{nic.Address}.vf[{Function}]";

    /// <summary>Its memory.</summary>
    public OwnedMemory Memory { get; }

    /// <summary>Its address spaces; the function's DMA goes through the first.</summary>
    public IReadOnlyList<AddressSpace> Spaces => spaces;

    /// <summary>Whether the function is the tenant's still.</summary>
    public bool HasNetwork { get; internal set; } = true;

    internal PacketCounters Counters { get; }

    /// <summary>Makes an empty address space; null when no frame is left for its table.</summary>
    public AddressSpace? MakeSpace()
    {
        if (spaces.Count == SpaceLimit)
            throw new InvalidOperationException($"more than {SpaceLimit} address spaces");
        var id = checked((ushort)((Function * SpaceLimit) + spaces.Count + 1));
        if (Memory.MakeSpace(new AddressSpaceId(id)) is not { } space)
            return null;
        spaces.Add(space);
        return space;
    }

    /// <summary>
    /// Maps the registers of the function. False when no frame is left for a table.
    /// </summary>
    public bool TryMapRegisters(AddressSpace space, long firstPage) => Memory.TryMap(
        space, firstPage, nic.RegistersOf(Function), nic.RegisterPages, isWritable: true);

    /// <summary>
    /// Names a request while a buffer of the tenant's holds it, for who follows requests.
    /// </summary>
    public long TokenOf(uint buffer) => ((long)Tenant.Mac.Value << 16) | buffer;
}
