using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Frames;
using Disguise.Kernels.Exokernel.Translation;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>
/// Serves calls about memory and capabilities: a check by the books, then the act. What it takes is
/// counted for its caller to charge.
/// </summary>
internal sealed class MemoryCalls(MemoryEffects memory)
{
    private const int MostPages = 1 << 20;

    private FrameBook Frames => memory.Frames;

    private CredentialBook Credentials => memory.Credentials;

    /// <summary>Whether the book of frames is looked into or changed.</summary>
    public static bool IsAboutFrames(KernelCall call) => call is KernelCall.AllocateFrames
        or MemoryCall.AllocateFrame or MemoryCall.FreeFrames or MemoryCall.ChangeList
        or MemoryCall.SealPage or MemoryCall.ReserveFrame;

    /// <summary>Serves a call of an environment.</summary>
    public CallResult Serve(EnvironmentMemory caller, KernelCall call) => call switch
    {
        KernelCall.AllocateFrames allocate => AllocateRow(caller, allocate.Pages),
        KernelCall.MapPages map => MapRow(caller, map),
        MemoryCall.AllocateFrame allocate => Allocate(caller, allocate.Frame),
        MemoryCall.FreeFrames free => Free(caller, free),
        MemoryCall.EditPages edit => Edit(caller, edit),
        MemoryCall.ProtectRange protect => Protect(caller, protect),
        MemoryCall.BindSealed bind => Bind(caller, bind),
        MemoryCall.SealPage seal => Seal(caller, seal),
        MemoryCall.ChangeList change => Change(caller, change),
        MemoryCall.ReserveFrame reserve => Reserve(caller, reserve),
        MemoryCall.GuaranteePage guarantee => Guarantee(caller, guarantee),
        MemoryCall.FindSoftwareTlb => memory.SoftwareTlb is { } exposed
            ? new CallResult(ExokernelRefusal.None, exposed.FirstFrame)
            : new CallResult(ExokernelRefusal.NoSoftwareTlb),
        MemoryCall.ReadCredential read => new CallResult(
            Credentials.Show(caller.Number, read.Slot, out var credential),
            (long)credential.Word),
        _ => new CallResult(ServeCredentials(caller.Number, call)),
    };

    private ExokernelRefusal ServeCredentials(int caller, KernelCall call)
    {
        switch (call)
        {
            case MemoryCall.Forge forge:
                return Do(
                    Credentials.CheckForge(caller, forge.From, forge.Into, forge.Made),
                    () => Credentials.Forge(
                        caller, forge.From, caller, forge.Into, forge.Made));
            case MemoryCall.Offer offer:
                return Do(
                    Credentials.CheckOffer(caller, offer.From, offer.Receiver, offer.Made),
                    () => Credentials.MakeOffer(caller, offer.From, offer.Receiver, offer.Made));
            case MemoryCall.Acquire acquire:
                return Do(
                    Credentials.CheckAcquire(caller, acquire.Giver, acquire.Into, out _),
                    () => Credentials.Acquire(caller, acquire.Giver, acquire.Into));
            case MemoryCall.DeleteCredential delete:
                return Do(
                    Credentials.CheckDelete(caller, delete.Slot),
                    () => Credentials.Delete(caller, delete.Slot));
            default:
                throw new InvalidOperationException($"no call {call.Name}");
        }
    }

    private Capability Shown(EnvironmentMemory caller, int credential)
    {
        Credentials.Show(caller.Number, credential, out var shown);
        return shown;
    }

    private static ExokernelRefusal Do(ExokernelRefusal refusal, Action act)
    {
        if (refusal == ExokernelRefusal.None)
            act();
        return refusal;
    }

    private CallResult Allocate(EnvironmentMemory caller, long wanted)
    {
        var refusal = Frames.CheckAllocate(caller.Number, wanted, out var frame);
        if (refusal != ExokernelRefusal.None)
            return new CallResult(refusal);
        Frames.Allocate(caller.Number, frame, caller.Own);
        return new CallResult(ExokernelRefusal.None, frame);
    }

    private CallResult AllocateRow(EnvironmentMemory caller, int pages)
    {
        var refusal = Frames.CheckAllocateRun(caller.Number, pages, out var first);
        if (refusal != ExokernelRefusal.None)
            return new CallResult(refusal);
        for (var frame = first; frame < first + pages; frame++)
            Frames.Allocate(caller.Number, frame, caller.Own);
        return new CallResult(ExokernelRefusal.None, first);
    }

    /// <summary>Pages of the second segment, for which the kernel answers.</summary>
    private CallResult MapRow(EnvironmentMemory caller, KernelCall.MapPages call)
    {
        if (call.Pages <= 0 || call.FirstPage < memory.Translation.Options.FirstPage
            || call.FirstPage > memory.Translation.Options.PageCount - call.Pages)
            return new CallResult(ExokernelRefusal.BadPage);
        var first = new Binding(
            caller.Number, call.FirstPage, call.FirstFrame,
            PageRights.User | (call.IsWritable ? PageRights.Writable : PageRights.None),
            BindingKind.Kernel)
        {
            Title = new BindingTitle(Shown(caller, credential: 0)),
        };
        var refusal = memory.Batch.CheckRange(first, call.Pages, caller.Table, credential: 0);
        for (var page = 0; page < call.Pages && refusal == ExokernelRefusal.None; page++)
        {
            memory.Enter(first with
            {
                VirtualPage = first.VirtualPage + page,
                Frame = first.Frame + page,
            });
        }

        return new CallResult(refusal);
    }

    private CallResult Free(EnvironmentMemory caller, MemoryCall.FreeFrames call)
    {
        var refusal = call.Pages is < 1 or > 1 << 20 ? ExokernelRefusal.BadBatch
            : Credentials.Show(caller.Number, call.Credential, out _);
        Credentials.Show(caller.Number, call.Credential, out var credential);
        for (var page = 0; page < call.Pages && refusal == ExokernelRefusal.None; page++)
            refusal = Frames.CheckFree(call.FirstFrame + page, credential);
        if (refusal == ExokernelRefusal.None)
        {
            memory.Free(
                [.. Enumerable.Range(0, call.Pages).Select(page => call.FirstFrame + page)]);
        }

        return new CallResult(refusal);
    }

    private CallResult Edit(EnvironmentMemory caller, MemoryCall.EditPages call)
    {
        var edited = caller;
        if (call.Environment >= 0)
        {
            var access = Credentials.CheckAccess(caller.Number, call.Access, call.Environment);
            if (access != ExokernelRefusal.None)
                return new CallResult(access);
            edited = memory.MemoryOf(call.Environment)!;
        }

        var refusal = memory.Batch.Check(
            edited.Number, edited.Table, call.Edits.AsSpan(), out var failing, caller.Number);
        if (refusal != ExokernelRefusal.None)
            return new CallResult(refusal, failing);
        foreach (var edit in call.Edits)
        {
            if (edit.Kind == TableEditKind.Remove)
                memory.Unbind(edited.Number, edit.VirtualPage);
            else
                memory.Enter(memory.Batch.Wanted(edited.Number, edit, caller.Number));
        }

        return default;
    }

    /// <summary>Checks all pages before the first changes.</summary>
    private CallResult Protect(EnvironmentMemory caller, MemoryCall.ProtectRange call)
    {
        var refusal = call.Pages is < 1 or > MostPages ? ExokernelRefusal.BadBatch
            : ExokernelRefusal.None;
        var page = 0;
        for (; page < call.Pages && refusal == ExokernelRefusal.None; page++)
        {
            refusal = memory.Batch.Check(
                caller.Number, caller.Table, [EditOf(call, page)], out _);
        }

        if (refusal != ExokernelRefusal.None)
            return new CallResult(refusal, page - 1);
        memory.EnterRange(Enumerable.Range(0, call.Pages).Select(
            number => memory.Batch.Wanted(caller.Number, EditOf(call, number), caller.Number)));
        return default;
    }

    private static TableEdit EditOf(MemoryCall.ProtectRange call, int page) => new(
        TableEditKind.Protect, call.FirstPage + page, 0, call.Rights, call.Credential);

    private CallResult Bind(EnvironmentMemory caller, MemoryCall.BindSealed call)
    {
        var wanted = new Binding(
            caller.Number, call.Page, call.Shown.Frame, call.Rights | PageRights.User,
            // What is the kernel's own it looks up itself.
            memory.SoftwareTlb?.Contains(call.Shown.Frame) == true
                ? BindingKind.Kernel : BindingKind.Library)
        {
            Title = new BindingTitle(Capability.None, call.Shown),
        };
        var refusal = memory.Translation.CheckBind(wanted, call.Shown);
        if (refusal == ExokernelRefusal.None)
            refusal = memory.Batch.CheckTables(wanted, caller.Table);
        if (refusal == ExokernelRefusal.None)
            memory.Enter(wanted);
        return new CallResult(refusal);
    }

    private CallResult Seal(EnvironmentMemory caller, MemoryCall.SealPage call)
    {
        var refusal = Credentials.Show(caller.Number, call.Credential, out var credential);
        if (refusal == ExokernelRefusal.None)
            refusal = Frames.CheckSeal(call.Frame, credential);
        if (refusal != ExokernelRefusal.None)
            return new CallResult(refusal);
        var made = Frames.Seal(call.Frame, call.IsForWriting);
        return new CallResult(ExokernelRefusal.None, (long)made.Seal, (long)made.Claim);
    }

    private CallResult Change(EnvironmentMemory caller, MemoryCall.ChangeList call)
    {
        var refusal = Credentials.Show(caller.Number, call.Credential, out var credential);
        if (refusal == ExokernelRefusal.None)
            refusal = Frames.CheckChange(call.Frame, credential, call.Entry, call.Value);
        if (refusal != ExokernelRefusal.None)
            return new CallResult(refusal);
        Frames.Change(call.Frame, call.Entry, call.Value);
        memory.Opening?.Invoke(call.Frame);
        memory.Break(call.Frame);
        return default;
    }

    private CallResult Reserve(EnvironmentMemory caller, MemoryCall.ReserveFrame call)
    {
        if (call.IsReserved)
        {
            return new CallResult(Do(
                Frames.CheckReserve(caller.Number, call.Frame), () => Frames.Reserve(call.Frame)));
        }

        return new CallResult(Do(
            memory.Translation.CheckUnreserve(caller.Number, call.Frame),
            () => Frames.Unreserve(call.Frame)));
    }

    private CallResult Guarantee(EnvironmentMemory caller, MemoryCall.GuaranteePage call)
    {
        var wanted = new Binding(
            caller.Number, call.Page, call.Frame, call.Rights | PageRights.User)
        {
            Title = new BindingTitle(Shown(caller, call.Credential)),
        };
        var refusal = Credentials.Show(caller.Number, call.Credential, out var credential);
        if (refusal == ExokernelRefusal.None)
            refusal = memory.Translation.CheckGuarantee(wanted, credential);
        if (refusal == ExokernelRefusal.None)
            refusal = memory.Batch.CheckTables(wanted, caller.Table);
        if (refusal == ExokernelRefusal.None)
            memory.Guarantee(wanted);
        return new CallResult(refusal);
    }
}
