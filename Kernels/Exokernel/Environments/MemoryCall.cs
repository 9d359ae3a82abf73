using System.Collections.Immutable;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Translation;
using Bits = Disguise.Actors.Crossings.Digest;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>
/// A call about memory or capabilities. Each names the slot of the credential that it is made with:
/// the kernel looks for none.
/// </summary>
public abstract record MemoryCall : KernelCall
{
    private MemoryCall()
    {
    }

    /// <summary>Allocates a frame by its number, or any with -1; the value is the frame.</summary>
    public sealed record AllocateFrame(long Frame) : MemoryCall
    {
        internal override string Name => "allocate-frame";

        internal override ulong Digest => Bits.Of(10, (ulong)Frame);
    }

    /// <summary>Frees frames in a row, with everything that is bound to them.</summary>
    public sealed record FreeFrames(long FirstFrame, int Pages, int Credential) : MemoryCall
    {
        internal override string Name => "free-frames";

        internal override ulong Digest =>
            Bits.Of(11, (ulong)FirstFrame, (ulong)Pages, (ulong)Credential);
    }

    /// <summary>
    /// Edits bindings, all or none; the value of a refusal is the number of the edit that it is
    /// for. They are the caller's own, or another environment's to whose first credential the
    /// caller has one in the slot that is named (Xok: insert_pte of an environment).
    /// </summary>
    public sealed record EditPages(
        ImmutableArray<TableEdit> Edits, int Environment = -1, int Access = 0) : MemoryCall
    {
        internal override string Name => "edit-pages";

        internal override bool NeedsStack => false;

        internal override ulong Digest => Edits.Aggregate(Begin, (digest, edit) => Bits.Of(
            digest, (ulong)edit.VirtualPage, (ulong)edit.Frame,
            ((ulong)edit.Kind << 16) | ((ulong)edit.Rights << 8) | (byte)edit.Credential));

        private ulong Begin =>
            Environment < 0 ? 12UL : Bits.Of(12, (ulong)Environment, (ulong)Access);
    }

    /// <summary>
    /// Gives pages in a row that are bound other rights (Xok: mod_pte_range). With a software TLB
    /// the entry of the first is the kernel's work; what each further page takes is within what its
    /// library spends on it, as the paper prints it. A page table's entries are all the kernel's.
    /// </summary>
    public sealed record ProtectRange(long FirstPage, int Pages, PageRights Rights, int Credential)
        : MemoryCall
    {
        internal override string Name => "protect-range";

        internal override bool NeedsStack => false;

        internal override ulong Digest => Bits.Of(
            22, (ulong)FirstPage, (ulong)Pages, ((ulong)Rights << 8) | (byte)Credential);
    }

    /// <summary>Binds a page by a sealed capability to a frame.</summary>
    public sealed record BindSealed(long Page, PageCapability Shown, PageRights Rights) : MemoryCall
    {
        internal override string Name => "bind-sealed";

        internal override ulong Digest =>
            Bits.Of(13, (ulong)Page, Shown.Claim, Shown.Seal ^ (ulong)Rights);
    }

    /// <summary>
    /// Asks for a sealed capability to a page: the value is its seal, the second its claim.
    /// </summary>
    public sealed record SealPage(long Frame, bool IsForWriting, int Credential) : MemoryCall
    {
        internal override string Name => "seal-page";

        internal override ulong Digest =>
            Bits.Of(14, (ulong)Frame, IsForWriting ? 1UL : 0, (ulong)Credential);
    }

    /// <summary>Changes an entry of a page's list; everything bound to it is broken.</summary>
    public sealed record ChangeList(long Frame, int Credential, int Entry, Capability Value)
        : MemoryCall
    {
        internal override string Name => "change-list";

        internal override ulong Digest => Bits.Of(
            15, (ulong)Frame, ((ulong)Credential << 8) | (byte)Entry, Value.Word);
    }

    /// <summary>Names a frame for the guarantee, or takes it out of it.</summary>
    public sealed record ReserveFrame(long Frame, bool IsReserved) : MemoryCall
    {
        internal override string Name => "reserve-frame";

        internal override ulong Digest => Bits.Of(16, (ulong)Frame, IsReserved ? 1UL : 0);
    }

    /// <summary>Binds a page to a frame of the guarantee, for as long as it lives.</summary>
    public sealed record GuaranteePage(long Page, long Frame, PageRights Rights, int Credential)
        : MemoryCall
    {
        internal override string Name => "guarantee-page";

        internal override ulong Digest => Bits.Of(
            17, (ulong)Page, (ulong)Frame, ((ulong)Rights << 8) | (byte)Credential);
    }

    /// <summary>Makes a credential from another and puts it into a slot.</summary>
    public sealed record Forge(int From, int Into, Capability Made) : MemoryCall
    {
        internal override string Name => "forge";

        internal override ulong Digest => Bits.Of(18, (ulong)From, (ulong)Into, Made.Word);
    }

    /// <summary>Offers another environment a credential made from one's own.</summary>
    public sealed record Offer(int From, int Receiver, Capability Made) : MemoryCall
    {
        internal override string Name => "offer";

        internal override ulong Digest => Bits.Of(19, (ulong)From, (ulong)Receiver, Made.Word);
    }

    /// <summary>Takes what another environment offers.</summary>
    public sealed record Acquire(int Giver, int Into) : MemoryCall
    {
        internal override string Name => "acquire";

        internal override ulong Digest => Bits.Of(20, (ulong)Giver, (ulong)Into);
    }

    /// <summary>
    /// Loads new places at the swap server into the repossession vector, as many as there is room
    /// for: the value is the first, the second how many. Refused where there is room for none.
    /// </summary>
    public sealed record LoadBacking(int Places = 1) : MemoryCall
    {
        internal override string Name => "load-backing";

        internal override ulong Digest => Bits.Of(28, (ulong)Places);
    }

    /// <summary>
    /// Loads a place that the environment has into the repossession vector again: what is there is
    /// not needed.
    /// </summary>
    public sealed record KeepBacking(long Place) : MemoryCall
    {
        internal override string Name => "keep-backing";

        internal override ulong Digest => Bits.Of(29, (ulong)Place);
    }

    /// <summary>
    /// Reads the oldest entry of the repossession vector: the value is the frame that was taken,
    /// the second the place of its bytes, or -1.
    /// </summary>
    public sealed record ReadRepossession() : MemoryCall
    {
        internal override string Name => "read-repossession";

        internal override ulong Digest => 23;
    }

    /// <summary>
    /// Submits a page to the swap server; the value is its place, the second when it is there.
    /// </summary>
    public sealed record SubmitPage(long Frame) : MemoryCall
    {
        internal override string Name => "submit-page";

        internal override ulong Digest => Bits.Of(24, (ulong)Frame);
    }

    /// <summary>
    /// Reads a page back from its place, which is free then, into a frame; the value is when it is
    /// there.
    /// </summary>
    public sealed record ReadBack(long Place, long Frame) : MemoryCall
    {
        internal override string Name => "read-back";

        internal override ulong Digest => Bits.Of(25, (ulong)Place, (ulong)Frame);
    }

    /// <summary>
    /// Asks where the software TLB is: the value is its first frame. There are
    /// <see cref="ExposedTlb.FrameCount"/>, to be bound for reading by
    /// <see cref="ExposedTlb.CapabilityOf"/>.
    /// </summary>
    public sealed record FindSoftwareTlb() : MemoryCall
    {
        internal override string Name => "find-software-tlb";

        internal override ulong Digest => 27;
    }

    /// <summary>
    /// Reads a credential of one's own: the value is the capability's word.
    /// </summary>
    public sealed record ReadCredential(int Slot) : MemoryCall
    {
        internal override string Name => "read-credential";

        internal override ulong Digest => Bits.Of(26, (ulong)Slot);
    }

    /// <summary>Deletes a credential.</summary>
    public sealed record DeleteCredential(int Slot) : MemoryCall
    {
        internal override string Name => "delete-credential";

        internal override ulong Digest => Bits.Of(21, (ulong)Slot);
    }
}
