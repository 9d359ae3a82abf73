using System.Buffers.Binary;
using Disguise.Actors.Execution;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Translation;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.ExOS;

/// <summary>
/// The software TLB of Aegis as a library sees it: bound for reading by the well-known capability,
/// and decoded by the layout that everybody knows.
/// </summary>
/// <param name="memory">The library's memory.</param>
/// <param name="gate">Its way into the kernel.</param>
/// <param name="number">Its environment's number, when it is known.</param>
internal sealed class ExposedTranslations(
    DomainMemory memory, KernelGate gate, Func<int> number) : IExposedTranslations
{
    /// <summary>Page from which it is mapped: behind the shared pages of conversations.</summary>
    internal const long FirstPage = (2L << 18) + (1 << 12);

    private bool isMapped;

    /// <inheritdoc/>
    public async EmulatedTask<bool> Map()
    {
        if (isMapped)
            return true;
        var first = await gate.Call(new MemoryCall.FindSoftwareTlb());
        if (first.Refusal != ExokernelRefusal.None)
            return false;
        for (var frame = 0; frame < ExposedTlb.FrameCount; frame++)
        {
            var bound = await gate.Call(new MemoryCall.BindSealed(
                FirstPage + frame, ExposedTlb.CapabilityOf(first.Value + frame),
                PageRights.User));
            if (bound.Refusal != ExokernelRefusal.None)
                return false;
        }

        return isMapped = true;
    }

    /// <inheritdoc/>
    public long? FrameOf(ulong address)
    {
        var page = Frame.NumberOf((long)address);
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        var at = (ulong)Frame.AddressOf(FirstPage) + (ulong)ExposedTlb.OffsetOf(number(), page);
        return isMapped && memory.TryRead(at, bytes)
            && ExposedTlb.TryDecode(
                BinaryPrimitives.ReadUInt64LittleEndian(bytes), number(), page, out var frame,
                out _) ? frame : null;
    }
}
