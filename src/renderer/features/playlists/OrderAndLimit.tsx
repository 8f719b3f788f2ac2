import { ActionIcon, NativeSelect, TextInput, Tooltip } from '@mantine/core';
import { ArrowDownNarrowWide, ArrowDownWideNarrow, Dices } from 'lucide-react';
import { useId } from 'react';
import { ORDER_FIELDS } from '#shared/domain/playlists/playlist';
import { strings } from '../../strings';
import { isIn } from './fields';
import { LabelInput } from './LabelInput';
import type { DraftLimit, DraftOrder, Unfinished } from './playlist-draft';
import styles from './RuleBuilder.module.css';
import { TrackPicker } from './TrackPicker';

const words = strings.playlists;
const ORDERS = [...ORDER_FIELDS, 'genreShare', 'moodShare', 'similarity', 'arc', 'random'] as const;
const LIMITS = ['none', 'tracks', 'hours', 'megabytes'] as const;
const SEEDS = 0x1_0000_0000;

interface OrderAndLimitProps {
  readonly order: DraftOrder;
  readonly limit: DraftLimit;
  readonly unfinished: readonly Unfinished[];
  readonly strict: boolean;
  readonly onOrder: (order: DraftOrder) => void;
  readonly onLimit: (limit: DraftLimit) => void;
}

/** In which order the tracks come, and how many are taken. */
export function OrderAndLimit({ order, limit, unfinished, strict, onOrder, onLimit }: OrderAndLimitProps) {
  const id = useId();
  const lacks = unfinished.filter(({ at }) => at === 'order' || at === 'limit');
  const wrong = (part: 'order' | 'limit'): boolean => strict && lacks.some(({ at }) => at === part);
  return (
    <div role="group" aria-label={`${words.order}, ${words.limit}`} className={styles.tail}>
      <div className={styles.tailLine}>
        <span className={styles.tailName}>{words.order}</span>
        <NativeSelect
          aria-label={words.order}
          value={order.by}
          onChange={({ currentTarget: { value } }) => {
            if (isIn(ORDERS, value)) onOrder({ ...order, by: value });
          }}
        >
          {ORDERS.map((by) => (
            <option key={by} value={by}>
              {words.orders[by]}
            </option>
          ))}
        </NativeSelect>
        {(order.by === 'genreShare' || order.by === 'moodShare') && (
          <LabelInput
            label={words.orderLabel}
            of={order.by === 'genreShare' ? 'share' : 'mood'}
            value={order.of}
            invalid={wrong('order')}
            describedBy={id}
            onChange={(of) => {
              onOrder({ ...order, of });
            }}
          />
        )}
        {order.by === 'similarity' && (
          <TrackPicker
            label={words.orderTrack}
            value={order.to}
            invalid={wrong('order')}
            describedBy={id}
            onChange={(to) => {
              onOrder({ ...order, to });
            }}
          />
        )}
        {order.by === 'random' && (
          <Tooltip label={words.shuffle}>
            <ActionIcon
              aria-label={words.shuffle}
              onClick={() => {
                onOrder({ ...order, seed: Math.floor(Math.random() * SEEDS) });
              }}
            >
              <Dices size={16} aria-hidden="true" />
            </ActionIcon>
          </Tooltip>
        )}
        {order.by !== 'random' && order.by !== 'similarity' && (
          <Tooltip label={words.directions[order.descending ? 'down' : 'up']}>
            <ActionIcon
              aria-label={`${words.direction}: ${words.directions[order.descending ? 'down' : 'up']}`}
              onClick={() => {
                onOrder({ ...order, descending: !order.descending });
              }}
            >
              {order.descending ? (
                <ArrowDownWideNarrow size={16} aria-hidden="true" />
              ) : (
                <ArrowDownNarrowWide size={16} aria-hidden="true" />
              )}
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      <div className={styles.tailLine}>
        <span className={styles.tailName}>{words.limit}</span>
        {limit.by !== 'none' && (
          <TextInput
            w={72}
            inputMode="decimal"
            aria-label={words.limitAmount}
            error={wrong('limit')}
            aria-describedby={id}
            value={limit.amount}
            onChange={(event) => {
              onLimit({ ...limit, amount: event.currentTarget.value });
            }}
          />
        )}
        <NativeSelect
          aria-label={words.limit}
          value={limit.by}
          onChange={({ currentTarget: { value } }) => {
            if (isIn(LIMITS, value)) onLimit({ by: value, amount: limit.amount || '100' });
          }}
        >
          {LIMITS.map((by) => (
            <option key={by} value={by}>
              {words.limits[by]}
            </option>
          ))}
        </NativeSelect>
      </div>
      <div id={id} className={styles.lack}>
        {strict && lacks.map(({ at, lack }) => <p key={at}>{words.lacks[lack]}</p>)}
      </div>
    </div>
  );
}
