using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Exokernel.Translation;

/// <summary>
/// The handler of TLB misses of one core, where software refills it: it looks into the software
/// TLB, and for a page that the kernel answers for into its book. Any other miss is the
/// environment's: its library looks the page up, and shows the kernel a capability (Engler et al.,
/// SOSP 1995, section 5.2).
/// </summary>
internal sealed class SoftwareRefill(
    Core core, SoftwareTlb cache, BindingBook bindings, KernelWork work) : ITlbRefillHandler
{
    /// <summary>Misses that neither the software TLB nor the kernel could answer.</summary>
    public long UnansweredCount { get; private set; }

    /// <inheritdoc/>
    public bool TryFind(
        AddressSpace space, ulong virtualAddress, Access access, out ulong entry,
        out PageFault fault)
    {
        int environment = EnvironmentOf(space.Id);
        long page = Frame.NumberOf((long)virtualAddress);
        entry = 0;
        fault = new PageFault(virtualAddress, access, PageFaultReason.TlbMiss);
        if (!cache.Probe(environment, page, out Binding found))
        {
            if (!bindings.TryFind(environment, page, out found)
                || found.Kind == BindingKind.Library)
            {
                UnansweredCount++;
                return false;
            }

            cache.Insert(found);
        }

        entry = found.Entry;
        PageFaultReason reason = PageTableEntry.Check(entry, access);
        fault = fault with { Reason = reason };
        if (core.Current is { } context)
        {
            work.Refill(context);
        }

        return reason == PageFaultReason.None;
    }

    /// <summary>The tag of an environment in TLBs.</summary>
    public static AddressSpaceId IdOf(int environment) => new(checked((ushort)(environment + 1)));

    /// <summary>Whose tag it is.</summary>
    public static int EnvironmentOf(AddressSpaceId id) => id.Value - 1;
}
