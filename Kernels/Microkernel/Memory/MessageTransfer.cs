using System.Runtime.CompilerServices;
using Disguise.Actors.Crossings;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Domains;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Threads;

namespace Disguise.Kernels.Microkernel.Memory;

/// <summary>
/// Moves messages between the registers of threads and, where they are long, between their
/// address spaces: every page is looked up in the page table of whose it is, with that domain's
/// rights, before a byte moves.
/// </summary>
/// <param name="memory">The machine's memory.</param>
/// <param name="capabilities">All capabilities.</param>
/// <param name="checksMemory">Whether <see cref="KernelGuards.MessageMemory"/> is on.</param>
internal sealed class MessageTransfer(
    PhysicalMemory memory, CapabilitySpaces capabilities, bool checksMemory) : IMessageTransfer
{
    private const int PageLimit = (ThreadRegisters.StringLimitBytes / Frame.SizeBytes) + 1;

    private Moved moved;

    /// <inheritdoc/>
    public KernelResult Move(
        ThreadControlBlock sender, ThreadControlBlock receiver, bool isAnswer)
    {
        var from = sender.Registers;
        var to = receiver.Registers;
        if ((uint)from.StringBytes > ThreadRegisters.StringLimitBytes)
            return KernelResult.TooLong;
        var length = Math.Min(from.StringBytes, Math.Max(0, to.WindowBytes));
        var granted = Handle.None;
        Capability given = default;
        if (from.Granted != Handle.None)
        {
            var found = capabilities.Find(sender.Domain.Number, from.Granted, out given);
            if (found != KernelResult.Done)
                return found;
        }

        var digest = 0UL;
        if (length > 0)
        {
            var copied = Copy(
                sender.Domain, from.StringAddress, receiver.Domain, to.WindowAddress, length,
                out digest);
            if (copied != KernelResult.Done)
                return copied;
        }

        if (from.Granted != Handle.None)
        {
            var minted = capabilities.Mint(
                given, from.GrantedRights, from.Badge, receiver.Domain.Number, out granted);
            if (minted != KernelResult.Done)
                return minted;
        }

        moved.Messages++;
        from.CopyMessageTo(to);
        to.Granted = granted;
        to.ReceivedBytes = length;
        to.ReceivedDigest = digest;
        if (length > 0 && isAnswer)
        {
            moved.Answers++;
            moved.AnswerBytes += length;
        }
        else if (length > 0)
        {
            moved.Requests++;
            moved.RequestBytes += length;
        }

        return KernelResult.Done;
    }

    /// <summary>What was moved since this was last asked.</summary>
    public Moved TakeMoved()
    {
        var taken = moved;
        moved = default;
        return taken;
    }

    [SkipLocalsInit]
    private KernelResult Copy(
        Domain sender, ulong from, Domain receiver, ulong to, int length, out ulong digest)
    {
        digest = 0;
        Span<long> sources = stackalloc long[PageLimit];
        Span<long> targets = stackalloc long[PageLimit];
        if (!TryTranslate(sender, from, length, Access.Read, sources))
            return KernelResult.BadBuffer;
        if (!TryTranslate(receiver, to, length, Access.Write, targets))
            return KernelResult.BadWindow;
        Span<byte> room = stackalloc byte[Frame.SizeBytes];
        var fromOffset = (int)(from & (Frame.SizeBytes - 1));
        var toOffset = (int)(to & (Frame.SizeBytes - 1));
        for (var done = 0; done < length;)
        {
            var source = fromOffset + done;
            var target = toOffset + done;
            var bytes = room[..Math.Min(
                length - done,
                Frame.SizeBytes - Math.Max(
                    source & (Frame.SizeBytes - 1), target & (Frame.SizeBytes - 1)))];
            memory.Read(
                sources[source >> Frame.Shift] + (source & (Frame.SizeBytes - 1)), bytes);
            memory.Write(
                targets[target >> Frame.Shift] + (target & (Frame.SizeBytes - 1)), bytes);
            digest = Digest.Mix(digest, Digest.Of(bytes));
            done += bytes.Length;
        }

        return KernelResult.Done;
    }

    /// <summary>The physical pages under a stretch, if the domain may reach all of it.</summary>
    private bool TryTranslate(
        Domain domain, ulong address, int length, Access access, Span<long> pages)
    {
        if (address > ulong.MaxValue - (ulong)length)
            return false;
        var first = address & ~(ulong)(Frame.SizeBytes - 1);
        var count = 0;
        for (var page = first; page < address + (ulong)length; page += Frame.SizeBytes)
        {
            if (!domain.Space.Space.Translate(page, access, out var physical, out _))
            {
                if (checksMemory || page >= (ulong)memory.SizeBytes)
                    return false;
                physical = (long)page;
            }

            if (physical >= memory.SizeBytes)
                return false;
            pages[count++] = physical;
        }

        return true;
    }

    /// <summary>Messages moved, and what was copied with them.</summary>
    internal struct Moved
    {
        /// <summary>All messages.</summary>
        public long Messages;

        /// <summary>Those that brought bytes to a server.</summary>
        public long Requests;

        /// <summary>The bytes.</summary>
        public long RequestBytes;

        /// <summary>Answers with bytes.</summary>
        public long Answers;

        /// <summary>The bytes.</summary>
        public long AnswerBytes;
    }
}
