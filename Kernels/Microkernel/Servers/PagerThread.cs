using Disguise.Actors.Execution;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.UserLevel;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>A thread of the pager: serves one message after the other.</summary>
internal sealed class PagerThread(
    PagerServerActor pager, UserThread thread, IExecution execution)
{
    private const CapabilityRights Readable = CapabilityRights.Read;
    private const CapabilityRights Writable = CapabilityRights.Read | CapabilityRights.Write;

    private readonly Handle endpoint = pager.Options.Boot.Endpoints[thread.Number];
    private readonly ulong[] words = new ulong[3];

    /// <summary>
    /// Serves for ever. Nobody is served who does not wait for an answer, and who has ended
    /// meanwhile is none to wait with: the next message counts.
    /// </summary>
    public async EmulatedTask Run()
    {
        var registers = thread.Registers;
        var result = await thread.Wait(endpoint);
        while (true)
        {
            var reply = Handle.None;
            if (result == KernelResult.Done && registers.Label == KernelLabels.BadgeGone)
            {
                pager.Forget(registers[0]);
            }
            else if (result == KernelResult.Done && registers.ReplyHandle != Handle.None)
            {
                // Calls to the kernel use the registers in which the message came.
                reply = registers.ReplyHandle;
                Fill(await Serve(pager.ClientOf(registers.SenderBadge), registers.Label));
            }

            result = reply == Handle.None
                ? await thread.Wait(endpoint) : await thread.ReplyAndWait(reply, endpoint);
        }
    }

    private void Fill(Answer answer)
    {
        var registers = thread.Registers;
        registers.Begin(PagerLabels.Fault);
        registers.Add((ulong)answer.Status);
        registers.Add((ulong)answer.Value);
        if (answer.Rights == CapabilityRights.None)
            return;
        registers.Add((ulong)answer.Rights);
        registers.Granted = pager.ExtentOf(answer.Frame);
        registers.GrantedRights = answer.Rights;
        registers.Badge = 0;
    }

    private EmulatedTask<Answer> Serve(PagerClient client, ulong label)
    {
        var registers = thread.Registers;
        for (var index = 0; index < words.Length; index++)
            words[index] = index < registers.WordCount ? registers[index] : 0;
        return label switch
        {
            PagerLabels.Fault => Fault(client, Frame.NumberOf((long)words[0]), words[1] != 0),
            PagerLabels.Map => Map(client, Pages(words[0]), Protection(words[1])),
            PagerLabels.Unmap => Finish(
                client, client.Library.Unmap(Frame.NumberOf((long)words[0]), Pages(words[1]))),
            PagerLabels.Protect => Finish(client, client.Library.Protect(
                Frame.NumberOf((long)words[0]), Pages(words[1]), Protection(words[2]))),
            PagerLabels.Limit => Limit(client, words[0]),
            PagerLabels.SetHandler => SetHandler(client, words[0] != 0),
            _ => new EmulatedTask<Answer>(new Answer(PagerStatus.Refused)),
        };
    }

    private static int Pages(ulong word) =>
        word <= VirtualMemoryOptions.RangePages ? (int)word : 0;

    private static MemoryProtection Protection(ulong word) =>
        (MemoryProtection)(word & (ulong)MemoryProtection.ReadWrite);

    private async EmulatedTask<Answer> Fault(PagerClient client, long page, bool isWrite)
    {
        pager.FaultCount++;
        var verdict = client.Library.Fault(page, isWrite);
        var granted = await CarryOut(client, page);
        return verdict switch
        {
            FaultVerdict.Resolved => new Answer(
                PagerStatus.Done, page, granted.Frame,
                (granted.Rights & MemoryProtection.Write) != 0 ? Writable : Readable),
            FaultVerdict.Delivered => new Answer(PagerStatus.ToHandler),
            FaultVerdict.OutOfMemory => new Answer(PagerStatus.OutOfMemory),
            _ => new Answer(PagerStatus.Refused),
        };
    }

    private async EmulatedTask<Answer> Map(
        PagerClient client, int pages, MemoryProtection protection)
    {
        var first = client.NextPage;
        var refusal = client.Library.Map(first, pages, protection);
        await CarryOut(client, -1);
        if (refusal != MemoryRefusal.None)
            return new Answer(PagerStatus.Refused);
        client.NextPage += pages;
        return new Answer(PagerStatus.Done, Frame.AddressOf(first));
    }

    private async EmulatedTask<Answer> Finish(PagerClient client, MemoryRefusal refusal)
    {
        await CarryOut(client, -1);
        return new Answer(
            refusal == MemoryRefusal.None ? PagerStatus.Done : PagerStatus.Refused);
    }

    private static EmulatedTask<Answer> Limit(PagerClient client, ulong frames)
    {
        var isDone = frames is > 0 and <= int.MaxValue;
        if (isDone)
            client.Library.FrameLimit = (int)frames;
        return new(new Answer(isDone ? PagerStatus.Done : PagerStatus.Refused));
    }

    private static EmulatedTask<Answer> SetHandler(PagerClient client, bool isThere)
    {
        client.Library.HasHandler = isThere;
        return new(new Answer(PagerStatus.Done));
    }

    /// <summary>
    /// Does what the library wants. A page that a client has is taken back whatever is to become
    /// of it: it gets it again, with the rights that it has then, when it faults.
    /// </summary>
    private async EmulatedTask<MemoryAction> CarryOut(PagerClient client, long faulting)
    {
        var given = default(MemoryAction);
        foreach (var action in client.Library.Actions)
        {
            MemoryActionCosts.Charge(action, client.Library.LookupCost, execution);
            switch (action.Kind)
            {
                case MemoryActionKind.Copy or MemoryActionKind.Zero or MemoryActionKind.PageIn
                    or MemoryActionKind.PageOut:
                    Move(action);
                    break;
                case MemoryActionKind.Lookup or MemoryActionKind.Deliver:
                    break;
                default:
                    if (client.Given.Remove(action.Page, out var frame))
                        await thread.Revoke(pager.ExtentOf(frame));
                    if (action.Page == faulting && action.Rights != MemoryProtection.None)
                        given = action;
                    break;
            }
        }

        // Others may have what was given up when it is done, and the thread's clock is ahead.
        if (client.IsHolding)
            await thread.Context.Sync();
        client.Settle();
        if (given.Rights != MemoryProtection.None)
            client.Given[given.Page] = given.Frame;
        return given;
    }

    private void Move(in MemoryAction action)
    {
        Span<byte> bytes = stackalloc byte[Frame.SizeBytes];
        switch (action.Kind)
        {
            case MemoryActionKind.PageOut:
                execution.Read(PagerServerActor.AddressOf(action.Frame), bytes);
                pager.Store.Write(action.Source, bytes);
                break;
            case MemoryActionKind.PageIn:
                pager.Store.Read(action.Source, bytes);
                execution.Write(PagerServerActor.AddressOf(action.Frame), bytes);
                break;
            case MemoryActionKind.Copy:
                execution.Read(PagerServerActor.AddressOf(action.Source), bytes);
                execution.Write(PagerServerActor.AddressOf(action.Frame), bytes);
                return;
            default:
                bytes.Clear();
                execution.Write(PagerServerActor.AddressOf(action.Frame), bytes);
                return;
        }

        // The pager has nothing else to do: it spins until its store is done.
        execution.Charge(HardwareCosts.Poll, pager.Store.LatencyPs);
    }

    private readonly record struct Answer(
        PagerStatus Status, long Value = 0, long Frame = 0,
        CapabilityRights Rights = CapabilityRights.None);
}
