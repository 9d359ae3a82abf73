using Disguise.Actors.Dispatch;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;

namespace Disguise.Hardware.Devices;

/// <summary>
/// The way of a store from a core to a device register: through the core's MMU to the region that
/// is mapped there, and as a message to the actor behind it.
/// </summary>
public static class RegisterBus
{
    /// <summary>
    /// Sends a posted write of 32 bits. False, and nothing is sent, when the address is not mapped
    /// for writing, or leads to memory: then <paramref name="fault"/> says so.
    /// </summary>
    /// <param name="context">Who stores; the message is its domain's.</param>
    /// <param name="virtualAddress">Of the register.</param>
    /// <param name="value">What is stored.</param>
    /// <param name="arrivalPs">When the write reaches the device.</param>
    /// <param name="fault">Why it is refused.</param>
    public static bool TryStore(
        CpuContext context, ulong virtualAddress, uint value, long arrivalPs, out PageFault fault)
    {
        var mmu = context.Mmu;
        if (!mmu.TryTranslate(virtualAddress, Access.Write, out var translation, out fault))
            return false;
        if (translation.Kind != TranslationKind.Mmio)
        {
            fault = new PageFault(virtualAddress, Access.Write, PageFaultReason.AddressOutOfRange);
            return false;
        }

        Post(mmu.Mmio, context.Owner, translation.PhysicalAddress, value, arrivalPs);
        return true;
    }

    /// <summary>
    /// Sends a read of 32 bits, which the device answers with
    /// <see cref="MmioProtocol.RegisterReadCompletion"/> to the context's actor; its tag is 0.
    /// False, and nothing is sent, as for a store. True where nothing answers there too: then
    /// <paramref name="isAnswered"/> is not, and the value read is all ones.
    /// </summary>
    /// <param name="context">Who loads.</param>
    /// <param name="virtualAddress">Of the register.</param>
    /// <param name="arrivalPs">When the read reaches the device.</param>
    /// <param name="isAnswered">Whether an answer will come.</param>
    /// <param name="fault">Why it is refused.</param>
    public static bool TryLoad(
        CpuContext context, ulong virtualAddress, long arrivalPs, out bool isAnswered,
        out PageFault fault)
    {
        var mmu = context.Mmu;
        isAnswered = false;
        if (!mmu.TryTranslate(virtualAddress, Access.Read, out var translation, out fault))
            return false;
        if (translation.Kind != TranslationKind.Mmio)
        {
            fault = new PageFault(virtualAddress, Access.Read, PageFaultReason.AddressOutOfRange);
            return false;
        }

        if (!mmu.Mmio.TryFind(translation.PhysicalAddress, out var region, out var offset)
            || region.Target is not IMmioTarget target
            || target.ActorOf(region.WindowOf(offset)) is not { } device)
            return true;
        isAnswered = true;
        context.Owner.Island.Schedule(
            arrivalPs, device, MmioProtocol.RegisterRead.Instance, context.Owner,
            MmioProtocol.RegisterRead.WordOf((int)region.OffsetInWindow(offset), 0));
        return true;
    }

    /// <summary>
    /// Sends a posted write of 32 bits of code that runs on physical addresses: a kernel, also
    /// where it works on a core without a context. Where nothing answers it is lost (PCIe Base
    /// Specification section 2.3.1).
    /// </summary>
    /// <param name="registers">The machine's registers.</param>
    /// <param name="sender">Whose message it is: the kernel's actor.</param>
    /// <param name="physicalAddress">Of the register.</param>
    /// <param name="value">What is stored.</param>
    /// <param name="arrivalPs">When the write reaches the device.</param>
    public static void Post(
        MmioMap registers, IslandActorRef sender, long physicalAddress, uint value,
        long arrivalPs)
    {
        if (!registers.TryFind(physicalAddress, out var region, out var offset)
            || region.Target is not IMmioTarget target
            || target.ActorOf(region.WindowOf(offset)) is not { } device)
            return;
        var word = MmioProtocol.RegisterWrite.WordOf(
            (int)region.OffsetInWindow(offset), value);
        sender.Island.Schedule(
            arrivalPs, device, MmioProtocol.RegisterWrite.Instance, sender, word);
    }
}
