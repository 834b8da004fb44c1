/**
 * What the codes of problems and the rules of fields mean, where the page says it better than the server does: the
 * server speaks English and calls things by their ids. `{{name}}` stands for a parameter, `{{field}}` for the field and
 * `{{message}}` for the server's own words. A code with no text here is told in those.
 */
export const refusalTexts = {
  en: {
    entry_requirement_missing: 'Before the stage “{{stage}}” this must be known: {{fields}}.',
    shares_not_whole: 'The shares add up to {{sum}}%, not to 100%.',
    job_under_way: '{{startedBy}} began one on {{startedAt}}, and there is one at a time.',
    past: '“{{field}}” must not lie after today.',
    position_beyond_end: 'The log has no position {{position}}: its last is {{head}}.',
  },
  zh: {
    ...each(
      '页面的请求未被服务器理解，请重新加载页面；若仍如此，请联系管理员。',
      ...['malformed_request', 'malformed_json', 'no_such_route', 'method_not_allowed', 'not_acceptable'],
      ...['address_too_long', 'unsupported_media_type', 'headers_too_large', 'idempotency_key_reused'],
    ),
    validation_failed: '部分字段无效。',
    unauthenticated: '请先登录。',
    forbidden: '您的角色无权执行此操作。',
    not_found: '不存在，或已不存在。',
    request_timeout: '请求传输超时，请重试。',
    ...each('您看到之后，他人已更改了它。', 'conflict', 'stale_version'),
    rebuild_under_way: '此投影正在重建，请等待完成。',
    job_under_way: '{{startedBy}} 于 {{startedAt}} 启动的任务仍在运行，请等它结束。',
    nothing_to_roll_back_to: '没有可回退的早先版本。',
    body_too_large: '内容过大：请求不超过 512 KiB，上传的文件不超过 64 MiB。',
    event_too_large: '此更改过大，无法保存。',
    internal_error: '服务器出现内部错误，请联系管理员。',
    store_unavailable: '服务器暂时无法访问数据，请稍后重试。',
    projection_behind: '数据仍在准备中，请稍后重试。',
    shutting_down: '服务器正在关闭，请稍后重试。',

    activity_exists: '此商机已有相同编号的活动。',
    already_exists: '已有相同的编号。',
    amount_unknown: '赢单需要填写金额。',
    credit_split_missing: '此商机由多人共有，请先在成员之间分配业绩。',
    currency_differs: '此商机的金额以 {{currency}} 计，须使用同一货币。',
    duplicate_member: '{{rep}} 出现了两次。',
    duplicate_stage: '有两个阶段的编号相同。',
    entry_requirement_missing: '进入阶段“{{stage}}”之前须先填写：{{fields}}。',
    malformed: '“{{field}}”的内容不符合要求：{{message}}',
    not_a_member: '{{rep}} 不是共有成员，请先将其加入。',
    occurred_before_opening: '发生时间不能早于商机的创建时间 {{since}}。',
    occurred_before_stage_entry: '发生时间不能早于商机最近一次阶段或状态的变化 {{since}}。',
    occurred_in_future: '发生时间不能在将来。',
    ...each(
      '商机的状态为“{{status}}”，不能执行此操作。',
      ...['opportunity_is_open', 'opportunity_is_suspended', 'opportunity_is_won', 'opportunity_is_lost'],
      ...['opportunity_is_terminated', 'opportunity_is_closed', 'opportunity_is_archived', 'opportunity_is_withdrawn'],
    ),
    owner_not_member: '负责人 {{rep}} 也须是共有成员。',
    reason_required: '此操作需要填写原因。',
    shares_not_whole: '业绩分配合计为 {{sum}}%，须为 100%。',
    stage_removed: '不能删除阶段，其中可能有商机。',
    stages_missing: '销售流程至少需要一个阶段。',
    summary_missing: '关闭商机需要总结经过和原因。',
    unknown_pipeline: '没有这个销售流程。',
    unknown_stage: '销售流程中没有这个阶段。',
    ...each('文件“{{file}}”中没有唯一的列“{{column}}”。', 'column', 'column_missing'),
    file_empty: '文件是空的。',
    file_not_text: '这不是文本文件。请将其中的表格另存为 CSV 后再发送。',
    moments_reversed: '第一个时刻晚于第二个时刻，请对调。',

    ...each(
      '“{{field}}”的格式不正确：{{message}}',
      ...['object', 'array', 'boolean', 'text_record', 'texts', 'size', 'unique', 'pattern', 'one_of', 'depth'],
      ...['unknown_field', 'position', 'cursor', 'etag', 'header'],
    ),
    identifier: '“{{field}}”须为 1 至 100 个字母、数字或 . _ ~ -，且以字母或数字开头。',
    text: '“{{field}}”须为 1 至 {{maximum}} 个字符。',
    day: '“{{field}}”须为日期，例如 2026-01-31。',
    month: '“{{field}}”须为月份，例如 2026-01。',
    ...each('“{{field}}”须为日期或带时区的时间。', 'instant', 'moment'),
    recorded_moment: '须为日期、带时区的时间或本日志中的位置。',
    position_beyond_end: '日志中没有位置 {{position}}，最后一个是 {{head}}。',
    minor_units: '“{{field}}”须为不小于零的金额。',
    currency: '“{{field}}”须为 ISO 4217 货币代码，例如 CNY。',
    whole: '“{{field}}”须为 {{minimum}} 至 {{maximum}} 的整数。',
    ...each('“{{field}}”含有无法保存的字符。', 'control_character', 'unicode'),
    import_map: '映射“{{field}}”不正确：{{message}}',
    uploaded_file: '上传的文件缺少或重名。',
    pair: '“{{field}}”与其他条件不能这样组合。',
    period: '“{{field}}”不能早于起点。',
    past: '“{{field}}”不能晚于今天。',
    as_of: '“{{field}}”不能按过去的时刻查询。',
  },
} satisfies Record<'en' | 'zh', Readonly<Record<string, string>>>;

/** The same text for several codes. */
function each(text: string, ...codes: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(codes.map((code) => [code, text]));
}
