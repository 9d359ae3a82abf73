using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Exokernel.Translation;

/// <summary>An edit of a page table, one of several in a call.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="VirtualPage">To which page of the caller's.</param>
/// <param name="Frame">The frame to bind it to, for an insertion.</param>
/// <param name="Rights">What the page allows afterwards.</param>
/// <param name="Credential">
/// The slot of the credential that is shown for it, where more is allowed than before.
/// </param>
public readonly record struct TableEdit(
    TableEditKind Kind, long VirtualPage, long Frame, PageRights Rights, int Credential);
