using Disguise.Actors.Execution;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Regions;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.ExOS.Ipc;

/// <summary>
/// How two environments come to have a protected pipe: each makes a region of its own and offers
/// the other a capability that only reads it; the numbers of the regions go by in registers.
/// </summary>
/// <param name="memory">The library's memory.</param>
/// <param name="gate">Its way into the kernel.</param>
/// <param name="conversation">Which of its conversations this is.</param>
/// <param name="bufferPage">A free page, for what calls copy.</param>
internal sealed class PipeRegions(
    DomainMemory memory, KernelGate gate, int conversation, long bufferPage)
{
    private RegionId region;
    private long frame;
    private int readerCount;
    private Capability own;
    private Capability reader;

    /// <summary>The slot of the credential that opens the other's region.</summary>
    private int PeerCredential => 1 + conversation;

    /// <summary>The word by which the other end knows this one's region.</summary>
    public ulong Word => (ulong)region.Word;

    /// <summary>Makes a region of one's own. False where something is refused.</summary>
    public async EmulatedTask<bool> Make()
    {
        var frames = await gate.Call(new KernelCall.AllocateFrames(2));
        if (frames.Refusal != ExokernelRefusal.None)
            return false;
        var mapped = await gate.Call(new KernelCall.MapPages(
            bufferPage, frames.Value, 1, IsWritable: true));
        var credential = await gate.Call(new MemoryCall.ReadCredential(KernelGate.OwnCredential));
        if (mapped.Refusal != ExokernelRefusal.None
            || credential.Refusal != ExokernelRefusal.None)
            return false;
        own = new Capability((ulong)credential.Value);
        frame = frames.Value + 1;
        return await Create();
    }

    /// <summary>
    /// Makes another in its place, which the capability offered until now does not open. False
    /// where there is no name left for one that does.
    /// </summary>
    public async EmulatedTask<bool> Renew()
    {
        await gate.Call(new RegionCall.Remove(region));
        return await Create();
    }

    /// <summary>Offers the capability to read it. False where nobody has the number.</summary>
    public async EmulatedTask<bool> Offer(int to)
    {
        var offered = await gate.Call(new MemoryCall.Offer(KernelGate.OwnCredential, to, reader));
        return offered.Refusal == ExokernelRefusal.None;
    }

    /// <summary>
    /// Takes what the other end offers, for the region that it names. Null where it offers
    /// nothing, or no such region.
    /// </summary>
    public async EmulatedTask<ProtectedPipeEnd?> Join(
        PeerLink link, ulong word, int messageBytes)
    {
        var named = RegionId.Of((long)word);
        var taken = await gate.Call(new MemoryCall.Acquire(link.Peer, PeerCredential));
        var found = await gate.Call(new RegionCall.Find(named));
        return taken.Refusal != ExokernelRefusal.None || found.Refusal != ExokernelRefusal.None
            || found.Second < ProtectedPipeEnd.SizeBytes
            ? null
            : new ProtectedPipeEnd(
                link, new RegionMemory(
                    memory, gate, region, KernelGate.OwnCredential,
                    Frame.AddressOf(frame), bufferPage),
                new RegionMemory(
                    memory, gate, named, PeerCredential, found.Value, bufferPage),
                messageBytes);
    }

    private async EmulatedTask<bool> Create()
    {
        var name = PeerCredential + (Communication.ConversationLimit * readerCount++);
        if (name > byte.MaxValue)
            return false;
        reader = own.Below((byte)name, CapabilityPermissions.Read);
        var made = await gate.Call(new RegionCall.Create(
            new RegionRange(frame, 0, ProtectedPipeEnd.SizeBytes), reader, own,
            KernelGate.OwnCredential));
        region = RegionId.Of(made.Value);
        return made.Refusal == ExokernelRefusal.None;
    }
}
