using Disguise.Actors.Execution;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Predicates;
using Disguise.Kernels.Exokernel.Regions;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.ExOS.Ipc;

/// <summary>
/// A software region as its library reaches it: each access is a call that copies from or to a
/// page of the library's own.
/// </summary>
/// <param name="memory">The library's memory.</param>
/// <param name="gate">Its way into the kernel.</param>
/// <param name="region">Which region.</param>
/// <param name="credential">The slot of the credential that opens it.</param>
/// <param name="address">Physical address of its first byte, for predicates.</param>
/// <param name="bufferPage">The page that calls copy from and to.</param>
internal sealed class RegionMemory(
    DomainMemory memory, KernelGate gate, RegionId region, int credential, long address,
    long bufferPage)
{
    private readonly ulong buffer = (ulong)Frame.AddressOf(bufferPage);

    /// <summary>A word of the region, for a predicate.</summary>
    public PredicateOperand Word(int offset) =>
        PredicateOperand.Word(address + offset, credential);

    /// <summary>Reads bytes; false where the region is gone, or not to be read.</summary>
    public async EmulatedTask<bool> TryRead(int offset, Memory<byte> destination)
    {
        var read = await gate.Call(new RegionCall.Read(
            region, offset, destination.Length, buffer, credential));
        return read.Refusal == ExokernelRefusal.None && memory.TryRead(buffer, destination.Span);
    }

    /// <summary>Writes bytes; false where the region is gone, or not to be written.</summary>
    public async EmulatedTask<bool> TryWrite(int offset, ReadOnlyMemory<byte> source)
    {
        if (!memory.TryWrite(buffer, source.Span))
            return false;
        var written = await gate.Call(new RegionCall.Write(
            region, offset, source.Length, buffer, credential));
        return written.Refusal == ExokernelRefusal.None;
    }
}
