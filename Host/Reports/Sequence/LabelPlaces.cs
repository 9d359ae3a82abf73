namespace Disguise.Host.Reports.Sequence;

/// <summary>
/// Finds places for labels where nothing else stands. Widths are those of a wide system font, so
/// that a label never takes more place than it was given.
/// </summary>
internal sealed class LabelPlaces
{
    /// <summary>From one baseline to the next.</summary>
    public const double LineHeight = 13;

    private const double LetterWidth = 6.6;
    private const double Ascent = 9.5;
    private const double Descent = 3;
    private const double Step = 1.5;
    private const double Farthest = 60;

    private readonly List<Box> taken = [];

    /// <summary>How wide a label is at most.</summary>
    public static double WidthOf(string label) => label.Length * LetterWidth;

    /// <summary>Takes a place for something that is no label.</summary>
    public void Take(double left, double top, double right, double bottom) =>
        taken.Add(new Box(left, top, right, bottom));

    /// <summary>Takes the places along a line.</summary>
    public void TakeLine(double x1, double y1, double x2, double y2)
    {
        const int pieces = 24;
        for (var piece = 0; piece < pieces; piece++)
        {
            var (from, to) = (piece / (double)pieces, (piece + 1) / (double)pieces);
            var (left, right) = (x1 + (x2 - x1) * from, x1 + (x2 - x1) * to);
            var (up, down) = (y1 + (y2 - y1) * from, y1 + (y2 - y1) * to);
            Take(
                Math.Min(left, right), Math.Min(up, down) - 1, Math.Max(left, right),
                Math.Max(up, down) + 1);
        }
    }

    /// <summary>
    /// Takes a place for a label: the first of some that is free, or the first below or above one
    /// of them. Null where all is full.
    /// </summary>
    public LabelPlace? Place(string label, params ReadOnlySpan<LabelPlace> wishes)
    {
        for (var distance = 0.0; distance <= Farthest; distance += Step)
        {
            foreach (var wish in wishes)
            {
                if (TryTake(label, wish with { Y = wish.Y + distance }) is { } below)
                    return below;
                if (distance > 0 && wish.MayRise
                    && TryTake(label, wish with { Y = wish.Y - distance }) is { } above)
                    return above;
            }
        }

        return null;
    }

    private LabelPlace? TryTake(string label, LabelPlace place)
    {
        var width = WidthOf(label);
        var left = place.IsAtEnd ? place.X - width : place.X;
        var box = new Box(left, place.Y - Ascent, left + width, place.Y + Descent);
        if (box.Left < 0 || box.Top < 0 || taken.Exists(other => other.Overlaps(box)))
            return null;
        taken.Add(box);
        return place;
    }

    private readonly record struct Box(double Left, double Top, double Right, double Bottom)
    {
        public bool Overlaps(Box other) => Left < other.Right && other.Left < Right
            && Top < other.Bottom && other.Top < Bottom;
    }
}

/// <summary>Where a label stands: its baseline, and its start or its end.</summary>
/// <param name="X">The start, or the end.</param>
/// <param name="Y">The baseline.</param>
/// <param name="IsAtEnd">Whether <paramref name="X"/> is the end.</param>
/// <param name="MayRise">Whether it may move up, not only down.</param>
internal readonly record struct LabelPlace(
    double X, double Y, bool IsAtEnd = false, bool MayRise = false);
