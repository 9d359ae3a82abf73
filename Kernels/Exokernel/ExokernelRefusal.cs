namespace Disguise.Kernels.Exokernel;

/// <summary>Why the Exokernel refuses what it is asked for. Each is counted by itself.</summary>
public enum ExokernelRefusal : byte
{
    /// <summary>Not refused.</summary>
    None,

    /// <summary>The environment is not or no longer there.</summary>
    NoSuchEnvironment,

    /// <summary>The number of a credential slot that no environment has.</summary>
    BadSlot,

    /// <summary>No credential stands in the slot that was named.</summary>
    EmptySlot,

    /// <summary>Slot 0, the credential to the environment, takes a complete one only.</summary>
    IncompleteCredential,

    /// <summary>Not a capability: reserved bits are set, or bytes beyond its name.</summary>
    BadCapability,

    /// <summary>The credential may not be duplicated.</summary>
    NotDuplicable,

    /// <summary>The credential does not dominate what it was shown for.</summary>
    NotDominated,

    /// <summary>The other environment has offered nothing to this one.</summary>
    NothingOffered,

    /// <summary>The capability was never sealed by this kernel.</summary>
    ForgedCapability,

    /// <summary>The capability is of a time before its page's capabilities changed.</summary>
    StaleCapability,

    /// <summary>No frame with this number can be owned.</summary>
    NoSuchFrame,

    /// <summary>Nobody owns the frame.</summary>
    FrameIsFree,

    /// <summary>Somebody owns the frame already.</summary>
    FrameIsTaken,

    /// <summary>The frame is another environment's.</summary>
    NotTheOwner,

    /// <summary>No frame is free.</summary>
    OutOfMemory,

    /// <summary>The environment has as many frames as it may.</summary>
    TooManyFrames,

    /// <summary>The frame is one of those that the environment is guaranteed.</summary>
    FrameIsReserved,

    /// <summary>The frame is not one of those that the environment has named for the guarantee.
    /// </summary>
    FrameNotReserved,

    /// <summary>The environment has named as many frames for the guarantee as it may.</summary>
    TooManyReserved,

    /// <summary>The frame holds a page table, which only the kernel writes.</summary>
    FrameIsTable,

    /// <summary>A guaranteed mapping leads to the frame or the page.</summary>
    GuaranteedMapping,

    /// <summary>The first entry of a page's list must allow everything.</summary>
    IncompleteList,

    /// <summary>The page's capabilities have changed as often as they can.</summary>
    GenerationsUsedUp,

    /// <summary>A page's list has no entry with this number.</summary>
    BadListEntry,

    /// <summary>The page lies outside what the environment may map.</summary>
    BadPage,

    /// <summary>Nothing is bound at the page.</summary>
    NotBound,

    /// <summary>The environment or the machine has as many bindings as it may.</summary>
    TooManyBindings,

    /// <summary>The environment has as many guaranteed mappings as it may.</summary>
    TooManyGuaranteed,

    /// <summary>No frame is left for page tables.</summary>
    OutOfTableFrames,

    /// <summary>A batch with more entries than one call may have, or none.</summary>
    BadBatch,

    /// <summary>The environment has nothing of this kind that could be taken.</summary>
    NothingToRevoke,

    /// <summary>A revocation of this kind is under way for the environment.</summary>
    RevocationPending,

    /// <summary>No revocation is under way that this would answer.</summary>
    NoRevocation,

    /// <summary>The machine has as many revocations under way as it can.</summary>
    TooManyRevocations,

    /// <summary>A deadline in the past, or one that is too far away.</summary>
    BadDeadline,

    /// <summary>An answer that names something twice, or too much at once.</summary>
    BadAnswer,

    /// <summary>The vector has no room for a further place to write state to.</summary>
    RepossessionVectorFull,

    /// <summary>Nothing stands in the repossession vector.</summary>
    NothingRepossessed,

    /// <summary>The swap server has no place with this number.</summary>
    NoSuchPlace,

    /// <summary>The swap server has no room.</summary>
    SwapIsFull,

    /// <summary>The environment's pages are at the swap server.</summary>
    SwappedOut,

    /// <summary>The environment's network is bound already.</summary>
    AlreadyBound,

    /// <summary>The environment has no network binding.</summary>
    NoNetworkBinding,

    /// <summary>The address is another's.</summary>
    NotTheAddress,

    /// <summary>The card has no virtual function left.</summary>
    FunctionsExhausted,

    /// <summary>The environment's core has no interrupt vector left.</summary>
    VectorsExhausted,

    /// <summary>The card holds as many filters as it can.</summary>
    FiltersExhausted,

    /// <summary>The vector has no such position, or the environment none there.</summary>
    NoSuchSlice,

    /// <summary>Somebody holds the position.</summary>
    SliceIsTaken,

    /// <summary>The predicate is malformed, too long, or looks at what it may not.</summary>
    BadPredicate,

    /// <summary>
    /// A transfer to nobody, to one who runs or waits, or back to one who did not enter.
    /// </summary>
    TransferRefused,

    /// <summary>The card is not shared: its functions are given out, and nothing else.</summary>
    CardNotShared,

    /// <summary>Another has bound the address already.</summary>
    AddressTaken,

    /// <summary>A packet ring of a size that there is not, or a tail outside of it.</summary>
    BadRing,

    /// <summary>A range that is empty, crooked, or reaches beyond what it is of.</summary>
    BadRange,

    /// <summary>Another region has bytes of the range.</summary>
    RegionsOverlap,

    /// <summary>The frame is mapped, or not the environment's to withdraw from that.</summary>
    FrameNotGiven,

    /// <summary>A region is in the frame, so nobody maps it.</summary>
    FrameHasRegion,

    /// <summary>The machine or the environment has as many regions as it can.</summary>
    TooManyRegions,

    /// <summary>There is no such region, or no longer.</summary>
    NoSuchRegion,

    /// <summary>The page leads to a device's registers, and is bound with the device.</summary>
    PageIsRegister,

    /// <summary>The machine has no display.</summary>
    NoDisplay,

    /// <summary>The rectangle is empty, or not all of it is on the screen.</summary>
    OutsideScreen,

    /// <summary>The rectangle has a pixel in common with a window that is bound.</summary>
    WindowTaken,

    /// <summary>The display has as many tags as there are windows.</summary>
    TooManyWindows,

    /// <summary>No window with this number is bound.</summary>
    NoSuchWindow,

    /// <summary>Hardware walks page tables here: there is no software TLB.</summary>
    NoSoftwareTlb,

    /// <summary>There are as many environments as may be.</summary>
    TooManyEnvironments,

    /// <summary>What is to become an environment is one already.</summary>
    AlreadyAnEnvironment,

    /// <summary>The place is loaded into the repossession vector.</summary>
    PlaceIsLoaded,

    /// <summary>An environment ends itself by leaving, not by a call.</summary>
    EndsItself,
}
