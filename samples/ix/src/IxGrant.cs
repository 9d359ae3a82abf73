namespace Ix;

/// <summary>What the kernel has given to a tenant.</summary>
internal sealed record IxGrant(
    IslandActorRef Dataplane, TenantPlan Tenant, int Number, Core Core, int Function,
    OwnedMemory Memory, AddressSpace Plane, AddressSpace User)
{
    /// <summary>First page of the registers, below everything else.</summary>
    public const long RegisterPage = 0x100;

    /// <summary>Rings of the queue pair; an application holds a batch of packets.</summary>
    public static readonly QueueLayout Layout =
        new(IxEntry.CallPage + 1, 64, 64, IxEntry.BatchLimit + 1);

    public bool HasNetwork { get; set; } = true;

    /// <summary>Names a request on its way between the rings.</summary>
    public long TokenOf(uint buffer) => ((long)Tenant.Mac.Value << 16) | buffer;
}
